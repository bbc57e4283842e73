/** The moment inside a UUIDv7: ids of records tell when they were made, without another field. */
export function uuidTime(id: string): number | undefined {
  const hex = id.replaceAll('-', '').slice(0, 12);
  return /^[0-9a-f]{12}$/.test(hex) && id[14] === '7' ? Number.parseInt(hex, 16) : undefined;
}
