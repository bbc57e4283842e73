/** A person goes from one post's caseload to another's, with a note. */
import type { World } from '../../support/world.ts';
import type { Given, VerbCase, VerbCases } from './case.ts';
import { amended, voided, type Made } from './jobseeking.ts';

const handed: Made = {
  kind: 'caseTransfer',
  id: 'ct-1',
  verb: 'caseTransfer.write',
  args: { seeker: 'c-sato', toPost: 'p-other', note: '朝は電話に出られません' },
  as: 'citySupervisor',
  stranger: 'hwSupervisor',
};
const held = (world: World) =>
  world.must('seeker.amend', { id: 'c-sato', post: 'p-city' }, 'cityCounsellor');
/** Of somebody who is with that post when the case begins. */
const ofHeld = <One extends Given>(one: One): One => ({
  ...one,
  given: (world: World) => {
    held(world);
    one.given?.(world);
  },
});
const fromHeld = ({ allowed, refused: [first, ...others] }: VerbCase): VerbCase => ({
  allowed: ofHeld(allowed),
  refused: [ofHeld(first), ...others.map(ofHeld)],
});
const refused = { as: 'citySupervisor', given: held, code: 'refused' } as const;

export const caseTransferCases: VerbCases = {
  'caseTransfer.write': {
    allowed: {
      as: 'citySupervisor',
      given: held,
      args: { id: 'ct-new', ...handed.args },
      after: {
        'caseTransfer/ct-new/facts': { state: 'recorded', site: 's-shiroishi' },
        'caseTransfer/ct-new/handing': { fromPost: 'p-city', toPost: 'p-other' },
        'seeker/c-sato/file': { post: 'p-other' },
      },
    },
    refused: [
      {
        why: 'she is there already',
        ...refused,
        args: { id: 'ct-new', seeker: 'c-sato', toPost: 'p-city' },
      },
      {
        why: 'somebody else has moved her meanwhile',
        ...refused,
        args: { id: 'ct-new', seeker: 'c-sato', fromPost: 'p-third', toPost: 'p-other' },
      },
      {
        why: "another organisation's person",
        as: 'hwSupervisor',
        given: held,
        args: { id: 'ct-new', ...handed.args },
        code: 'notFound',
      },
      {
        why: 'to no post',
        as: 'citySupervisor',
        args: { id: 'ct-new', seeker: 'c-sato' },
        code: 'invalidFields',
      },
    ],
  },
  'caseTransfer.amend': fromHeld(amended(handed, { note: '昼すぎに電話' }, 'handing', { note: 1 })),
  'caseTransfer.void': fromHeld(voided(handed)),
};
