/** A personnel section's list as a file: plainly fictional people, one line each. */
export const rosterHead = '職員番号,氏名,フリガナ,配属窓口,役割,担当席,着任日,退任日';

export interface RosterLine {
  readonly no: string;
  readonly name?: string;
  readonly kana?: string;
  readonly site?: string;
  readonly role?: string;
  readonly post?: string;
  readonly from?: string;
  readonly to?: string;
}

export function rosterFile(lines: readonly RosterLine[], head = rosterHead): Uint8Array {
  const rows = lines.map(
    ({
      no,
      name = '架空 一',
      kana = 'カクウ ハジメ',
      site,
      role = '相談員',
      post = '',
      from = '',
      to = '',
    }) => [no, name, kana, site ?? 'あいワーク白石', role, post, from, to].join(','),
  );
  return new TextEncoder().encode([head, ...rows, ''].join('\r\n'));
}
