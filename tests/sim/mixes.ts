/**
 * Days on which some accidents are the rule (weights.ts): where two of them have to meet, a usual day meets them once in
 * hundreds of thousands. Several of these have found faults that such days had not shown.
 */
export const mixes: readonly string[] = [
  'restore=8,backup=10,sync=8,worker=6,weather.good=8',
  'restore=4,backup=6,serverFull=6,skew=4',
  'restore=3,backup=4,clone=2,worker=6,tab=6,crash=4',
  'restore=3,backup=6,serverCrash=5,diskFull=5,diskCut=5',
  'clone=3,restore=2,backup=3,repair=20',
  'restore=1.5,backup=3,night=5,sync=12,check=10,weather.good=8',
  'revoke=8,tab=5,check=15,unlock=12,backup=2,restore=1',
  'staff=6,revoke=4,tab=6,unlock=10,night=2',
  'file=10,bring=10,handoff.offer=40,weather.cut=8,clone=3',
  'file=10,bring=10,handoff.offer=30,restore=3,backup=4',
  'freeze=6,tab=8,weather.good=6',
  'lose=3,restore=0',
  'lose=2,freeze=4,tab=6,clone=1,restore=0,serverFull=3',
  'freeze=6,tab=8,sync=10,restore=2,backup=3,clone=1,staff=3',
  'handoff.offer=14,handoff.offerUnnamed=20,handoff.receive=40,handoff.return=30,handoff.redraft=40,handoff.recordConsent=40,handoff.send=40,handoff.sendUnnamed=40,handoff.cancel=15,handoff.accept=2,handoff.acceptNew=2,seeker.amend=4',
];
