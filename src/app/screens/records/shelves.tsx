/** The first page of 記録: every kind by its shelf in plain words, with what is open. Nobody's file is opened here. */
import type { Kind } from '../../../domain/kind.ts';
import { groupOf, shelfLabels, shelves, shownOn } from '../../logic/record-kinds.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List, Row } from '../../ui/list.tsx';
import { Counted } from '../../ui/text.tsx';

export function Shelves() {
  const { actor, all } = useSession();
  const found = shelves
    .map((shelf) => ({ shelf, kinds: shownOn(shelf, actor, (name) => all(name).value.length > 0) }))
    .filter(({ kinds }) => kinds.length > 0);
  return (
    <section class="screen records" aria-label="記録の一覧">
      <header class="screen-head">
        <h1>記録の一覧</h1>
        <Button onPress={() => go('papers')}>紙の用紙・あとから入力</Button>
      </header>
      {found.map(({ shelf, kinds }) => (
        <section key={shelf} class="section record-shelf">
          <h2>{shelfLabels[shelf]}</h2>
          <List label={shelfLabels[shelf]}>
            {kinds.map((kind) => (
              <KindRow key={kind.name} kind={kind} />
            ))}
          </List>
        </section>
      ))}
      {found.length === 0 && <Empty>あなたが見られる記録は、まだありません。</Empty>}
    </section>
  );
}

function KindRow({ kind }: { readonly kind: Kind }) {
  const records = useSession().all(kind.name).value;
  const open = records.filter((record) => groupOf(kind, record) === 'open').length;
  return (
    <Row
      title={kind.label}
      aside={open > 0 && <Counted n={open} unit="件" />}
      onPress={() => go('records', { kind: kind.name })}
    />
  );
}
