/** How a welfare case comes to where a verb begins, over the world's handoff ho-sato (consent co-sato, link li-sato). */
import type { Values } from '../../src/domain/value.ts';
import type { World } from './world.ts';

export const nominated = { id: 'wc-1', citySeeker: 'c-sato', welfareCategory: ['livelihood'] };
export const id = { id: 'wc-1' };
type Step = readonly [verb: string, args: Values, as: 'cityCounsellor' | 'hwCounsellor'];

const steps: readonly Step[] = [
  ['nominate', nominated, 'cityCounsellor'],
  ['consent', { ...id, handoff: 'ho-sato' }, 'cityCounsellor'],
  ['request', id, 'cityCounsellor'],
  ['screen', id, 'hwCounsellor'],
  ['accept', id, 'hwCounsellor'],
  ['plan', { ...id, supportPlan: '週に一度の面談' }, 'hwCounsellor'],
  ['support', id, 'hwCounsellor'],
  ['place', id, 'hwCounsellor'],
  ['retain', id, 'hwCounsellor'],
];

/** Everything up to this verb, itself excluded. */
export const before =
  (verb: string, withBack = true) =>
  (world: World): void => {
    const linkItems = ['name', ...(withBack ? ['welfareStatusBack'] : [])];
    world.set('link', 'li-sato', 'ties', { linkItems });
    for (const [name, args, as] of steps) {
      if (name === verb) return;
      // Let back until here, so that the case may stand where the verb begins.
      const isLate = ['plan', 'support', 'place', 'retain'].includes(name);
      if (isLate) world.set('link', 'li-sato', 'ties', { linkItems: ['welfareStatusBack'] });
      world.must(`welfareCase.${name}`, args, as);
      if (isLate) world.set('link', 'li-sato', 'ties', { linkItems });
    }
  };

export const withdrawn = (verb: string) => (world: World) => {
  before(verb)(world);
  world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
};

export const facts = (values: Values) => ({ 'welfareCase/wc-1/facts': values });
