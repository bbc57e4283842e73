/** Plainly fictional people for the demo: surnames that say so, invented given names, no real numbers. */
const families = [
  ['見本', 'ミホン'],
  ['例示', 'レイジ'],
  ['仮名', 'カメイ'],
  ['架空', 'カクウ'],
  ['模擬', 'モギ'],
  ['試験', 'シケン'],
  ['想定', 'ソウテイ'],
  ['練習', 'レンシュウ'],
  ['標本', 'ヒョウホン'],
  ['雛形', 'ヒナガタ'],
] as const;
const givens = [
  ['あおい', 'アオイ'],
  ['健', 'ケン'],
  ['さくら', 'サクラ'],
  ['誠', 'マコト'],
  ['みのり', 'ミノリ'],
  ['亮', 'リョウ'],
  ['千代', 'チヨ'],
  ['拓', 'タク'],
  ['ゆき', 'ユキ'],
  ['昇', 'ノボル'],
] as const;

export interface DemoPerson {
  readonly familyName: string;
  readonly givenName: string;
  readonly familyKana: string;
  readonly givenKana: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly phoneTail: string;
}

const two = (n: number) => String(n).padStart(2, '0');

export function demoPerson(index: number): DemoPerson {
  const [familyName, familyKana] = families[index % families.length] ?? families[0];
  const [givenName, givenKana] =
    givens[(index * 3 + Math.floor(index / 10)) % givens.length] ?? givens[0];
  const tail = String(1000 + ((index * 37) % 9000));
  return {
    familyName,
    givenName,
    familyKana,
    givenKana,
    birthDate: `${1958 + ((index * 7) % 46)}-${two(1 + (index % 12))}-${two(1 + ((index * 5) % 28))}`,
    phone: `011-000-${tail}`,
    phoneTail: tail,
  };
}
