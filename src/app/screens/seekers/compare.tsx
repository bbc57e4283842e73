/**
 * Two registrations side by side, both opened with a logged view: what differs carries the word. 「統合する」 leaves one to
 * be found from now on, 「別の人」 is remembered for good.
 */
import { useState } from 'preact/hooks';
import { stateOf } from '../../../domain/kind.ts';
import { pairOf } from '../../../domain/kinds/seeker-pair.ts';
import type { Rec } from '../../../domain/record.ts';
import { useWrite } from '../../form/use-write.ts';
import { comparison, type Compared } from '../../logic/comparison.ts';
import { namesOf } from '../../logic/names-of.ts';
import { recordsAbout } from '../../logic/person.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useOpenPerson, useSeeker } from './use-person.ts';

interface CompareProps {
  readonly seeker: Rec;
  readonly other: Rec;
  readonly onClose: () => void;
}

export function Compare({ seeker, other, onClose }: CompareProps) {
  const opening = useOpenPerson(other.id, '同じ人かの確認');
  const [first, second] = [seeker, other].sort((a, b) => (a.id < b.id ? -1 : 1));
  const [stays, setStays] = useState(first?.id ?? seeker.id);
  const write = useWrite();
  const goes = stays === seeker.id ? other.id : seeker.id;
  const done = (saved: string | undefined) => saved !== undefined && onClose();
  const merge = async () =>
    done(await write.save('seeker.merge', { id: goes, into: stays }, { message: '統合しました' }));
  const differ = async () =>
    done(
      await write.save('seekerPair.differ', pairOf(seeker.id, other.id), {
        message: '別の人として覚えました',
      }),
    );
  return (
    <Sheet
      title="同じ人ですか"
      onClose={onClose}
      actions={
        opening.state === 'open' && (
          <>
            <Button size="large" busy={write.busy} onPress={differ}>
              別の人として覚える
            </Button>
            <Button kind="primary" size="large" busy={write.busy} onPress={merge}>
              統合する
            </Button>
          </>
        )
      }
    >
      {opening.state === 'failed' && <ProblemNotice problem={opening.problem} />}
      {opening.state === 'opening' && <p role="status">台帳を開いています。</p>}
      {opening.state === 'open' && first && second && (
        <>
          <Table first={first.id} second={second.id} />
          <Chips
            label="これから使う台帳"
            options={[
              { code: first.id, label: '左の台帳' },
              { code: second.id, label: '右の台帳' },
            ]}
            value={stays}
            onChange={setStays}
          />
          <Consequences />
        </>
      )}
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

function Table({ first, second }: { readonly first: string; readonly second: string }) {
  const session = useSession();
  const today = useTablet().today();
  const [left, right] = [useSeeker(first), useSeeker(second)];
  if (!left || !right) return null;
  const about = (id: string) => {
    const kinds = ['visit', 'consultation', 'referral', 'handoff'];
    const records = kinds.flatMap((kind) => session.all(kind).value);
    return recordsAbout(records, id, []).filter((one) => stateOf(one) !== 'voided');
  };
  const rows = comparison(
    { seeker: left, about: about(first) },
    { seeker: right, about: about(second) },
    today,
    namesOf(session.get),
  );
  return (
    <>
      <Differences rows={rows} />
      <table class="table compare">
        <caption class="visually-hidden">二つの台帳の比較</caption>
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">左（先に登録）</th>
            <th scope="col">右（あとに登録）</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ComparedRow key={row.label} row={row} />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The answer that the table is read for, before the table. */
function Differences({ rows }: { readonly rows: readonly Compared[] }) {
  const labels = rows.filter(({ differs }) => differs).map(({ label }) => label);
  if (labels.length === 0) return <p>両方に書いてある項目に、ちがいはありません。</p>;
  return (
    <p>
      <strong>ちがう項目：{labels.join('・')}</strong>
    </p>
  );
}

function ComparedRow({ row }: { readonly row: Compared }) {
  const shown = (value: string) => value || <span class="quiet">なし</span>;
  return (
    <tr>
      <th scope="row">
        {row.label}
        {row.differs && <Tag tone="warning">ちがう</Tag>}
      </th>
      <td>{shown(row.left)}</td>
      <td>{shown(row.right)}</td>
    </tr>
  );
}

function Consequences() {
  return (
    <Notice title="統合すると、こうなります。いつでも解けます。">
      <ul>
        <li>両方の記録がひとつのページに並び、実人員では一人と数えます。</li>
        <li>記録は書きかえません。台帳の欄も、それぞれのまま残ります。</li>
        <li>情報を伝える同意は、その台帳の記録だけのままです。もう片方には広がりません。</li>
      </ul>
    </Notice>
  );
}
