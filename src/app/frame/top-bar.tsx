/** Where and when we are, the search that is always there, the sync state in words, covering the screen, leaving it. */
import { useEffect, useRef } from 'preact/hooks';
import { formatWareki } from '../../domain/wareki.ts';
import { weekdayJa } from '../../domain/date.ts';
import { useNow, useSession, useTablet } from '../state/context.ts';
import { isCovered } from '../state/cover.ts';
import { lockNow } from '../state/leave.ts';
import { go } from '../state/nav.ts';
import { Icon } from '../ui/icon.tsx';
import { ToastPlace, dropToasts } from '../ui/toast.tsx';
import { syncWords } from '../words/sync-words.ts';
import { Cover } from './cover.tsx';
import { Boundary } from './screen-boundary.tsx';

export function TopBar() {
  return (
    <Boundary instead={<Failed />}>
      <Bar />
    </Boundary>
  );
}

/** Leaving must always be possible. */
function Failed() {
  const tablet = useTablet();
  return (
    <header class="topbar">
      <p>上の欄を表示できません。保存した記録は安全です。</p>
      <div class="topbar-end">
        <LeaveButton leave={() => void lockNow(tablet)} />
      </div>
    </header>
  );
}

function LeaveButton({ leave }: { readonly leave: () => void }) {
  return (
    <button type="button" class="icon-button" onClick={leave}>
      <Icon name="leave" />
      <span>離席</span>
    </button>
  );
}

function Bar() {
  const tablet = useTablet();
  const session = useSession();
  return (
    <header class="topbar">
      <Place />
      <div class="topbar-middle">
        <Search />
        <ToastPlace />
      </div>
      <div class="topbar-end">
        <SyncButton />
        <button type="button" class="icon-button" onClick={() => (isCovered.value = true)}>
          <Icon name="cover" />
          <span>画面を隠す</span>
        </button>
        <LeaveButton leave={() => void lockNow(tablet)} />
        <WhoAmI name={session.name} />
      </div>
      {isCovered.value && <Cover onShow={() => (isCovered.value = false)} />}
    </header>
  );
}

function Place() {
  const tablet = useTablet();
  useNow();
  const today = tablet.today();
  return (
    <p class="topbar-place">
      <strong>{tablet.enrolment.value?.site.name}</strong>
      <span class="long-date">
        {formatWareki(today)}({weekdayJa(today)})
      </span>
    </p>
  );
}

function WhoAmI({ name }: { readonly name: string }) {
  const session = useSession();
  const staff = useTablet().enrolment.value?.staff.find(({ id }) => id === session.actor.user);
  return (
    <p class="topbar-who">
      <strong>{name}</strong>
      {staff?.orgName}
    </p>
  );
}

function SyncButton() {
  const tablet = useTablet();
  const { words, tone, icon } = syncWords(tablet.sync.value);
  return (
    <div role="status">
      <button type="button" class={`sync-state sync-${tone}`} onClick={() => go('outbox')}>
        <Icon name={icon} />
        <span>{words}</span>
      </button>
    </div>
  );
}

function Search() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => focusOnSlash(() => field.current?.focus()), []);
  return (
    <form
      class="topbar-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = field.current?.value ?? '';
        if (field.current) field.current.value = '';
        field.current?.blur();
        go('seekers', { text: typed });
      }}
    >
      <Icon name="search" />
      <input
        ref={field}
        class="input"
        type="search"
        autocomplete="off"
        enterKeyHint="search"
        aria-label="求職者をさがす（氏名・かな・生年月日・電話の下4けた）"
        placeholder="求職者をさがす（名前・かな・電話の下4けた）"
        onFocus={dropToasts}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
        }}
      />
    </form>
  );
}

/** Safari ends the composition before the key: 229 is what it leaves (security.md (d)). */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

function focusOnSlash(focus: () => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    const isTyping =
      event.target instanceof HTMLElement &&
      event.target.closest('input, textarea, select, dialog');
    if (event.key !== '/' || isTyping || isComposing(event)) return;
    event.preventDefault();
    focus();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
