/** The server's answers about tablets, taken apart carefully: a row that does not fit is left out, never guessed. */
import { isObject } from '../../domain/value.ts';

export interface StoreRow {
  readonly id: string;
  readonly deviceName: string;
  readonly userName: string;
  readonly lastSyncAt: number | undefined;
  /** When the store was made: tells tablets of one name apart. */
  readonly madeAt: number | undefined;
  /** Of the counter itself, which nobody signs in to. */
  readonly isCounter: boolean;
  readonly isRevoked: boolean;
  /** Only stores of the own organisation may be stopped. */
  readonly mayRevoke: boolean;
}

export interface DeviceCode {
  readonly code: string;
  readonly expiresAt: number | undefined;
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const words = (value: unknown, otherwise: string) =>
  typeof value === 'string' && value !== '' ? value : otherwise;

export function storesFrom(answer: unknown): readonly StoreRow[] {
  if (!isObject(answer) || !Array.isArray(answer['stores'])) return [];
  const names = deviceNames(answer['devices']);
  return answer['stores'].flatMap((item: unknown) => {
    if (!isObject(item) || typeof item['store'] !== 'string') return [];
    const times = [number(item['pushedAt']), number(item['pulledAt'])].flatMap((at) => at ?? []);
    return [
      {
        id: item['store'],
        deviceName: names.get(words(item['device'], '')) ?? '（名前のない端末）',
        userName: words(item['userName'], '受付（ロック画面で数える来所）'),
        isCounter: item['userName'] === undefined,
        madeAt: number(item['madeAt']),
        lastSyncAt: times.length > 0 ? Math.max(...times) : undefined,
        isRevoked: item['state'] === 'revoked',
        mayRevoke: item['mayRevoke'] === true,
      },
    ];
  });
}

function deviceNames(devices: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(devices)) return new Map();
  return new Map(
    devices.flatMap((item: unknown) =>
      isObject(item) && typeof item['device'] === 'string' && typeof item['name'] === 'string'
        ? [[item['device'], item['name']] as const]
        : [],
    ),
  );
}

export function deviceCodeFrom(answer: unknown): DeviceCode | undefined {
  if (!isObject(answer) || typeof answer['code'] !== 'string') return undefined;
  return { code: answer['code'], expiresAt: number(answer['expiresAt']) };
}
