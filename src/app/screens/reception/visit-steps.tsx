/** What may be done next with a visit, in the order of a visit; only what its state allows (kinds/visit.ts). */
import { stateOf } from '../../../domain/kind.ts';
import { sideOf } from '../../../domain/kinds/visit.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import type { Write } from '../../form/use-write.ts';
import { personOfVisit } from '../../logic/visit-of.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go, screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { isDistant } from './visits-today.ts';

export interface Step {
  readonly verb: string;
  readonly label: string;
}

const ending: readonly Step[] = [{ verb: 'finish', label: '終わりにする' }];
const waiting: Step = { verb: 'wait', label: '待ちにもどす' };
const left: Step = { verb: 'leave', label: '相談せずに帰った' };

/** The side is that of the actor's organisation: one side takes over from the other. */
export function stepsFor(state: string | undefined, side: 'city' | 'hw'): readonly Step[] {
  const serve: Step = { verb: side === 'hw' ? 'serveHW' : 'serveCity', label: '相談をはじめる' };
  switch (state ?? '') {
    case 'waiting':
      return [{ verb: 'call', label: '呼び出す' }, serve, left, ...ending];
    case 'called':
      return [serve, waiting, left, ...ending];
    case 'withCity':
      return side === 'hw' ? [serve, waiting, ...ending] : [waiting, ...ending];
    case 'withHW':
      return side === 'city' ? [serve, waiting, ...ending] : [waiting, ...ending];
    case 'done':
    case 'left':
      return [{ verb: 'reopen', label: '終わりを取り消す（待ちにもどす）' }];
    default:
      return [];
  }
}

interface VisitStepsProps {
  readonly visit: Rec;
  readonly write: Write;
  readonly onAttach: () => void;
  readonly onMove: () => void;
  readonly onClose: () => void;
}

export function VisitSteps({ visit, write, onAttach, onMove, onClose }: VisitStepsProps) {
  const { actor } = useSession();
  const seeker = personOfVisit(visit, actor);
  const steps = useSteps(visit);
  const take = async (step: Step) => {
    const id = await write.save(`visit.${step.verb}`, { id: visit.id });
    if (id !== undefined && ['finish', 'leave'].includes(step.verb)) onClose();
  };
  return (
    <>
      <Person visit={visit} seeker={seeker} onAttach={onAttach} onMove={onMove} />
      {steps.length > 0 && (
        <div class="visit-steps">
          {steps.map((step, index) => (
            <Button
              key={step.verb}
              kind={index === 0 ? 'primary' : 'secondary'}
              busy={write.busy}
              onPress={() => take(step)}
            >
              {step.label}
            </Button>
          ))}
        </div>
      )}
      {steps.length > 0 && (
        <Button
          onPress={() =>
            seeker === undefined ? onAttach() : go('consultation', { visit: visit.id, seeker })
          }
        >
          {seeker === undefined ? '相談を記録する（先に、だれかを選ぶ）' : '相談を記録する'}
        </Button>
      )}
    </>
  );
}

/** Nobody waits on a day gone by: such a visit, opened from her page, is only put right. */
function useSteps(visit: Rec): readonly Step[] {
  const { actor } = useSession();
  const { channel, date } = partOf(visit, 'facts');
  if (date !== useTablet().today()) return [];
  const isAfar = isDistant(text(channel));
  return stepsFor(stateOf(visit), sideOf(actor)).filter(({ verb }) => !isAfar || verb !== 'call');
}

interface PersonProps {
  readonly visit: Rec;
  readonly seeker: string | undefined;
  readonly onAttach: () => void;
  readonly onMove: () => void;
}

function Person({ visit, seeker, onAttach, onMove }: PersonProps) {
  const session = useSession();
  const isVoided = stateOf(visit) === 'voided';
  const record = seeker === undefined ? undefined : session.get('seeker', seeker);
  const isOpen = screen.value.name === 'seeker';
  if (seeker === undefined)
    return isVoided ? (
      <p>だれの来所かは、記録されていません。</p>
    ) : (
      <div class="buttons">
        <Button onPress={onAttach}>登録ずみの方から選ぶ</Button>
        <Button onPress={() => go('seekers', { visit: visit.id, text: '', values: {} })}>
          新しく登録する
        </Button>
      </div>
    );
  return (
    <div class="visit-person">
      {record ? (
        <PersonHeader seeker={record} />
      ) : (
        <p>登録ずみの方です。この端末には氏名がありません。</p>
      )}
      <div class="buttons">
        {!isOpen && (
          <Button onPress={() => go('seeker', { seeker, visit: visit.id })}>この人を開く</Button>
        )}
        {!isVoided && (
          <Button kind="plain" onPress={onMove}>
            別の人に付けかえる
          </Button>
        )}
      </div>
    </div>
  );
}
