/** A rescue file on its way in: each container is offered to the server, and what became of every store is added up. */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import {
  containerResponse,
  readFile,
  withoutShare,
  wrongContainer,
  type StoreDelivery,
} from '../sync/container.ts';
import type { Net } from './net.ts';
import type { ImportReport } from './types.ts';

export async function importFile(net: Net, text: string): Promise<Result<ImportReport>> {
  const containers = readFile(text);
  if (!containers.ok) return containers;
  const stores = new Map<string, StoreDelivery>();
  const problems: Problem[] = [];
  for (const container of containers.value) {
    const answer = await net.post('/api/container', withoutShare(container), containerResponse);
    if (answer.ok)
      for (const one of answer.value.stores) stores.set(one.store, sum(stores.get(one.store), one));
    else if (answer.problem.code === 'wrongContainer') problems.push(answer.problem);
    else return fail(answer.problem);
  }
  if (stores.size === 0)
    return problems[0]
      ? fail(problems[0])
      : wrongContainer('このファイルには、何も入っていません。');
  return ok({ stores: [...stores.values()], problems });
}

function sum(before: StoreDelivery | undefined, next: StoreDelivery): StoreDelivery {
  if (!before) return next;
  const problem = before.problem ?? next.problem;
  return {
    store: next.store,
    actor: next.actor,
    arrived: before.arrived + next.arrived,
    known: before.known + next.known,
    missing: before.missing + next.missing,
    refused: [...before.refused, ...next.refused],
    ...(problem ? { problem } : {}),
  };
}
