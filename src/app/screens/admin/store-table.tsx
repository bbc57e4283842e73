/** Tablets and the people's stores on them. 利用を止める takes two presses: the first explains, the second does it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StoreRow } from '../../logic/stores.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/list.tsx';
import { Notice, Tag } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { TableScroll } from '../../ui/table-scroll.tsx';

interface StoreTableProps {
  readonly stores: readonly StoreRow[];
  readonly onRevoke: (store: string) => Promise<void>;
}

export function StoreTable({ stores, onRevoke }: StoreTableProps) {
  const [asking, setAsking] = useState<StoreRow>();
  if (stores.length === 0) return <Empty>登録された端末はありません。</Empty>;
  return (
    <>
      {asking && (
        <Confirm
          store={asking}
          onCancel={() => setAsking(undefined)}
          onRevoke={async () => {
            await onRevoke(asking.id);
            setAsking(undefined);
          }}
        />
      )}
      <TableScroll label="端末と利用者">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">端末</th>
              <th scope="col">利用者</th>
              <th scope="col">登録</th>
              <th scope="col">最後の同期</th>
              <th scope="col">状態</th>
              <th scope="col">操作</th>
            </tr>
          </thead>
          <tbody>
            {stores.map((store) => (
              <StoreLine key={store.id} store={store} onAsk={() => setAsking(store)} />
            ))}
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}

function StoreLine({ store, onAsk }: { readonly store: StoreRow; readonly onAsk: () => void }) {
  return (
    <tr>
      <th scope="row">{store.deviceName}</th>
      <td>{store.userName}</td>
      <td>
        <TimeText at={store.madeAt} withDate />
      </td>
      <td>
        {store.lastSyncAt === undefined ? 'まだ' : <TimeText at={store.lastSyncAt} withDate />}
      </td>
      <td>
        <Tag tone={store.isRevoked ? 'danger' : 'good'}>
          {store.isRevoked ? '止めた' : '使える'}
        </Tag>
      </td>
      <td>
        {!store.isRevoked && !store.mayRevoke && <span class="quiet">ほかの組織</span>}
        {!store.isRevoked && store.mayRevoke && (
          <Button
            kind="plain"
            size="small"
            label={`${store.deviceName} ${store.userName}の利用を止める`}
            onPress={onAsk}
          >
            利用を止める
          </Button>
        )}
      </td>
    </tr>
  );
}

interface ConfirmProps {
  readonly store: StoreRow;
  readonly onCancel: () => void;
  readonly onRevoke: () => Promise<void>;
}

function Confirm({ store, onCancel, onRevoke }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), [store.id]);
  const revoke = async () => {
    setBusy(true);
    await onRevoke();
    setBusy(false);
  };
  return (
    <div ref={place}>
      <Notice
        tone="danger"
        title={`「${store.deviceName}」での${store.userName}の利用を止めますか。`}
      >
        <p>
          {store.isCounter
            ? 'この端末のロック画面で数えた来所が、集計に入らなくなります。'
            : 'この端末では、この人の記録を開けなくなります。'}
          まだ届いていない記録は消えません。サーバーで預かり、「確認待ち」として集計に示します。
        </p>
        <p>
          端末の紛失・盗難などのときに使います。止めても、パスワードを知っている本人は登録しなおせます。
        </p>
        <div class="admin-confirm">
          <Button kind="danger" busy={busy} onPress={revoke}>
            利用を止める
          </Button>
          <Button onPress={onCancel}>止めない</Button>
        </div>
      </Notice>
    </div>
  );
}
