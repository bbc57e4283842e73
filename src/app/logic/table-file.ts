/** A chosen file of rows, read here as the server will read it, so that people see what would happen before it does. */
import {
  maxImportBytes,
  readTable,
  tooLarge,
  type Decode,
  type Table,
} from '../../domain/import/table.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';

export interface TableFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly table: Table;
}

/** Browsers read CP932 under the name Shift_JIS; they cannot write it. */
export const decodeHere: Decode = (bytes, encoding) => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

export async function readTableFile(file: File): Promise<Result<TableFile>> {
  // Nothing larger is taken into memory only to be refused.
  if (file.size > maxImportBytes) return fail(tooLarge(file.size));
  const bytes = await bytesOf(file);
  if (!bytes) return fail({ code: 'wrongFile', reason: 'ファイルを読めませんでした。' });
  const table = readTable(bytes, decodeHere);
  return table.ok ? ok({ name: file.name, bytes, table: table.value }) : table;
}

async function bytesOf(file: File): Promise<Uint8Array | undefined> {
  return file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => undefined,
  );
}

export function base64(bytes: Uint8Array): string {
  let text = '';
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step)
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(text);
}
