/** The way around: icons with words; a count only where something waits for me. */
import { useSession, useTablet } from '../state/context.ts';
import { go, screen, type ScreenName } from '../state/nav.ts';
import { waitingCounts } from '../state/waiting.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Boundary } from './screen-boundary.tsx';

interface Place {
  readonly name: ScreenName;
  readonly label: string;
  readonly icon: IconName;
  /** Screens that belong to it. */
  readonly holds: readonly ScreenName[];
}

const places: readonly Place[] = [
  { name: 'today', label: '今日', icon: 'today', holds: [] },
  { name: 'reception', label: '受付', icon: 'reception', holds: [] },
  { name: 'seekers', label: '求職者', icon: 'seekers', holds: ['seeker', 'consultation'] },
  { name: 'handoffs', label: '引継ぎ', icon: 'handoffs', holds: ['handoff-new'] },
  { name: 'referrals', label: '紹介', icon: 'referrals', holds: ['referral-new', 'jobs'] },
  { name: 'records', label: '記録', icon: 'records', holds: ['papers'] },
  { name: 'counts', label: '集計', icon: 'counts', holds: ['achievement', 'survey'] },
];
const admin: Place = { name: 'admin', label: '管理', icon: 'admin', holds: [] };

/** Counting reads every record; the way around does not hang on it. */
export function Rail() {
  return (
    <Boundary instead={<Places waiting={{}} />}>
      <Counted />
    </Boundary>
  );
}

function Counted() {
  return <Places waiting={waitingCounts(useSession(), useTablet().today())} />;
}

interface PlacesProps {
  readonly waiting: Readonly<Partial<Record<ScreenName, number>>>;
}

function Places({ waiting }: PlacesProps) {
  const session = useSession();
  const shown = session.actor.role === 'supervisor' ? [...places, admin] : places;
  return (
    <nav class="rail" aria-label="画面">
      {shown.map((place) => (
        <RailItem key={place.name} place={place} count={waiting[place.name] ?? 0} />
      ))}
    </nav>
  );
}

function RailItem({ place, count }: { readonly place: Place; readonly count: number }) {
  const { name } = screen.value;
  const isHere = name === place.name || place.holds.includes(name);
  return (
    <button
      type="button"
      class="rail-item"
      aria-current={isHere ? 'page' : undefined}
      onClick={() => go(place.name)}
    >
      <Icon name={place.icon} />
      <span>{place.label}</span>
      {count > 0 && (
        <span class="rail-count">
          {count}
          <span class="visually-hidden">件が待っています</span>
        </span>
      )}
    </button>
  );
}
