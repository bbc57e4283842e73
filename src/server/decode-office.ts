/** Text of a file in an encoding, or nothing where it is not in it. */
export function decodeOffice(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
