/**
 * The one union of expected failures, and its words: what happened, what is safe, what to press.
 * Bugs are not here; they throw. A Problem crosses the wire as it is, so members are only ever added.
 */
export interface FieldProblem {
  readonly field: string;
  readonly reason: string;
}

export type Problem =
  | { readonly code: 'invalidFields'; readonly fields: readonly FieldProblem[] }
  | { readonly code: 'unknownVerb'; readonly verb: string }
  | { readonly code: 'notAllowed'; readonly action: string }
  | { readonly code: 'notFound'; readonly kind: string }
  | { readonly code: 'alreadyExists'; readonly kind: string }
  | { readonly code: 'illegalState'; readonly kind: string; readonly found: string }
  | { readonly code: 'baseChanged'; readonly kind: string; readonly fields: readonly string[] }
  | { readonly code: 'restrictedPerson' }
  | { readonly code: 'noConsent' }
  | { readonly code: 'refused'; readonly reason: string }
  | { readonly code: 'malformed'; readonly reason: string }
  | { readonly code: 'storageFull' }
  | { readonly code: 'storageBroken' }
  /** The storage has not answered yet, neither yes nor no. */
  | { readonly code: 'storageSlow' }
  | { readonly code: 'storageLost' }
  | { readonly code: 'offline' }
  | { readonly code: 'locked' }
  | { readonly code: 'wrongPin'; readonly waitSeconds: number; readonly left: number }
  | { readonly code: 'pinBlocked' }
  | { readonly code: 'leaseExpired' }
  | { readonly code: 'revoked' }
  | { readonly code: 'wrongPassword' }
  /** The one on the sheet begins only: she has to choose her own. */
  | { readonly code: 'startPassword' }
  | { readonly code: 'wrongDeviceCode' }
  | { readonly code: 'tooManyRequests'; readonly waitSeconds: number }
  | { readonly code: 'unauthorised' }
  | { readonly code: 'tooLarge' }
  /** What it names has not arrived yet; judged again when it does. */
  | { readonly code: 'waitsFor'; readonly kind: string }
  /** Another entry has put the same one right before. */
  | { readonly code: 'superseded' }
  /** The server does not give to this version of the app any more; it still takes from it. */
  | { readonly code: 'updateNeeded' }
  /** The other way round: the server does not know what this version of the app says yet. */
  | { readonly code: 'serverOlder' }
  /** The server was restored from a backup and waits for the tablets. */
  | { readonly code: 'restoring' }
  /** This store's stream goes on elsewhere too: a copied profile. */
  | { readonly code: 'forked' }
  /** A tab of an older version keeps the storage from being brought up to date. */
  | { readonly code: 'storageBlocked' }
  /** Another tab runs a newer version, and the storage is its own now. */
  | { readonly code: 'storageNewer' }
  /** A handed-over or rescue file that cannot be used. */
  | { readonly code: 'wrongContainer'; readonly reason: string }
  /** A file of rows (求人、職員) that cannot be read. */
  | { readonly code: 'wrongFile'; readonly reason: string }
  /** A file of the app is missing here. */
  | { readonly code: 'notLoaded' }
  | { readonly code: 'serverTrouble' };

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (problem: Problem): Result<never> => ({ ok: false, problem });

export interface ProblemText {
  readonly what: string;
  readonly safe: string;
  readonly press: string;
}

const kept = '入力した内容は、この端末に残っています。';
const unchanged = '何も変わっていません。';
const notSaved = '画面の内容はそのまま残っています。まだ保存されていません。';
const recordsSafe = '記録は消えていません。未送信の記録の送信は続きます。';

type Words = {
  readonly [Code in Problem['code']]: (
    problem: Extract<Problem, { code: Code }>,
    kindLabel: (kind: string) => string,
  ) => readonly [what: string, safe: string, press: string];
};

/** Refusals of what was entered. */
const ofEntries = {
  invalidFields: ({ fields }) => [
    fields.map((item) => item.reason).join(' '),
    kept,
    '印のついた項目を直して、もう一度押してください。',
  ],
  unknownVerb: () => [
    'この操作は、いまの版では受け付けられません。',
    kept,
    '画面の「更新」を押してから、もう一度お試しください。',
  ],
  notAllowed: () => [
    'この操作をする権限がありません。',
    kept,
    '必要なときは、所属の責任者に相談してください。',
  ],
  notFound: ({ kind }, label) => [
    `対象の${label(kind)}が見つかりません。取り消されたか、見られない記録です。`,
    kept,
    '「未送信・要確認」で、内容を確かめてください。',
  ],
  alreadyExists: ({ kind }, label) => [
    `同じ${label(kind)}が、すでに登録されています。`,
    kept,
    '一覧を開いて、登録ずみの記録を確かめてください。',
  ],
  illegalState: ({ kind, found }, label) => [
    `${label(kind)}は「${found}」になっているため、この操作はできません。`,
    kept,
    '最新の状態を確かめて、必要なら別の操作を選んでください。',
  ],
  baseChanged: ({ kind, fields }, label) =>
    fields.includes('state')
      ? [
          `${label(kind)}の状態が、先に届いた別の操作で変わっています。`,
          '入力した内容は残っています。サーバーの内容は変えていません。',
          'いまの様子を確かめて、まだ要るときだけ送りなおし、要らなければ取り下げてください。',
        ]
      : [
          `${label(kind)}の同じ項目に、先に届いた別の値が入っています。`,
          '両方の内容を残しています。ほかの項目は入っています。',
          '二つを見くらべて、「どちらかに決める」で選んでください。',
        ],
  restrictedPerson: () => [
    '配慮が必要な方（DV等）の登録は、まだこのアプリでは扱えません。',
    '何も登録していません。端末にもサーバーにも残りません。',
    '紙の手順に従い、責任者に引き継いでください。',
  ],
  noConsent: () => [
    'ご本人の同意の範囲に入っていない項目があります。',
    kept,
    '同意の項目を確かめるか、項目の印をはずしてください。',
  ],
  waitsFor: ({ kind }, label) => [
    `この記録のもとになる${label(kind)}が、まだサーバーに届いていません。`,
    kept,
    'もとの記録が届くと自動で入ります。届かないはずのときは、理由を書いて取り下げてください。',
  ],
  superseded: () => [
    'この記録は、すでに別の記録で直されています。',
    kept,
    '最新の記録を確かめ、要らなければ理由を書いて取り下げてください。',
  ],
  refused: ({ reason }) => [reason, kept, '内容を直して、もう一度押してください。'],
} satisfies Partial<Words>;

/** Failures of the surroundings: storage, network, keys. */
const ofSurroundings = {
  malformed: () => [
    'データの形が正しくないため、受け付けられませんでした。',
    kept,
    '「もう一度」を押してください。続くときは責任者に知らせてください。',
  ],
  storageFull: () => [
    'この端末の空きが足りず、保存できませんでした。',
    notSaved,
    'この画面を閉じずに、端末の空きを増やしてから、同じボタンをもう一度押してください。',
  ],
  storageBroken: () => [
    '端末の保存場所につながらず、保存できませんでした。',
    notSaved,
    '同じボタンをもう一度押してください。直らないときは内容を紙に写してください。',
  ],
  storageSlow: () => [
    '保存に時間がかかっています。',
    '保存できたかどうかは、まだ分かりません。',
    'この画面を閉じずに、お待ちください。終わらないときは、いま入れた内容を紙に控えてからアプリを開きなおし、記録が入っているかを確かめてください。',
  ],
  storageLost: () => [
    'この端末に保存していた記録が見つかりません。ブラウザーの保存場所が消えたおそれがあります。',
    'サーバーに届いた記録は残っています。未送信だった記録と、いまの画面の内容は保存されていません。',
    '内容を紙に写し、責任者に知らせてください。つながる場所で「パスワードで入りなおす」と、また使えます。',
  ],
  offline: () => [
    'サーバーにつながりません。',
    'この端末に保存した記録は安全です。つながると自動で送ります。',
    'つながってから、もう一度お試しください。',
  ],
  locked: () => ['画面がロックされています。', kept, '名前を選び、暗証番号を入れてください。'],
  wrongPin: ({ left, waitSeconds }) => [
    `暗証番号が違います。あと${left}回まで入力できます。`,
    '記録は安全です。未送信の記録の送信は続きます。',
    waitSeconds > 0
      ? `${waitSeconds}秒待ってから、もう一度入れてください。`
      : 'もう一度入れてください。',
  ],
  pinBlocked: () => [
    '暗証番号を5回まちがえたため、この端末では使えなくしました。',
    recordsSafe,
    'つながる場所で「パスワードで入りなおす」を押してください。',
  ],
  leaseExpired: () => [
    'しばらくサーバーにつながっていないため、使える期限が切れました。',
    recordsSafe,
    'つながる場所で、もう一度名前を選んでください。',
  ],
  revoked: () => [
    'この端末での利用は、責任者によって止められています。',
    'サーバーに届いた記録は残っています。',
    '責任者に連絡してください。',
  ],
  wrongPassword: () => ['職員またはパスワードが違います。', unchanged, 'もう一度入れてください。'],
  startPassword: () => [
    '紙のパスワードは、はじめの一回だけのものです。',
    unchanged,
    'ご自分の新しいパスワードを決めて、もう一度押してください。',
  ],
  wrongDeviceCode: () => [
    '端末コードが違うか、期限（10分）が切れています。',
    unchanged,
    '責任者に新しいコードを出してもらってください。',
  ],
  tooManyRequests: ({ waitSeconds }) => [
    '短い間に何度も試したため、いったん止めています。',
    unchanged,
    `${waitSeconds}秒待ってから、もう一度お試しください。`,
  ],
  unauthorised: () => [
    'サーバーへの確認が切れました。',
    kept,
    '画面をロックして、もう一度暗証番号を入れてください。',
  ],
  tooLarge: () => [
    '一度に送る量が多すぎます。',
    kept,
    'そのままお待ちください。自動で分けて送ります。',
  ],
  updateNeeded: () => [
    'このアプリの版が古いため、新しい記録を受け取れません。',
    '入力した記録の送信は続きます。',
    '「更新」を押して、新しい版にしてください。',
  ],
  serverOlder: () => [
    'サーバーの版が、この端末のアプリより古いため、まだ送れません。',
    'この端末に保存した記録は安全です。サーバーが新しくなると自動で送ります。',
    '責任者に知らせてください。',
  ],
  restoring: () => [
    'サーバーを控えから戻しています。',
    'この端末に保存した記録は安全です。自動で送りなおします。',
    'そのまま使えます。続くときは責任者に知らせてください。',
  ],
  forked: () => [
    'この端末の記録が、別の場所に写されて使われています。',
    '両方の記録はサーバーに残っています。',
    '「パスワードで入りなおす」を押してください。責任者にも知らせてください。',
  ],
  storageBlocked: () => [
    '古い版の画面が別のタブで開いているため、保存場所を新しくできません。',
    notSaved,
    'このアプリのほかのタブを閉じてから、「もう一度」を押してください。',
  ],
  storageNewer: () => [
    '新しい版が別のタブで動いているため、この画面からは保存できません。',
    notSaved,
    '内容を控えてから「更新する」を押してください。ボタンがないときは、この画面を開きなおしてください。',
  ],
  wrongFile: ({ reason }) => [
    reason,
    'まだ何も取りこんでいません。いまの記録は変わっていません。',
    'ファイルを直してから、もう一度選んでください。',
  ],
  wrongContainer: ({ reason }) => [
    reason,
    '何も取り込んでいません。この端末の記録は変わっていません。',
    'ファイルと合言葉を見なおして、もう一度押してください。直らないときは、渡す側で作りなおしてもらってください。',
  ],
  notLoaded: () => [
    'アプリの一部を読み込めませんでした。',
    '保存した記録は安全です。未送信の記録の送信は続きます。',
    'この画面を開きなおしてから、もう一度押してください。',
  ],
  serverTrouble: () => [
    'サーバーで問題が起きました。',
    'この端末に保存した記録は安全です。自動でもう一度送ります。',
    '続くときは責任者に知らせてください。',
  ],
} satisfies Partial<Words>;

const words: Words = { ...ofEntries, ...ofSurroundings };

/** Kind labels come from the registry's caller, so that this module stays below the kinds. */
export function problemText(problem: Problem, kindLabel: (kind: string) => string): ProblemText {
  // The table is keyed by the problem's own code, which the compiler cannot follow through the index.
  const say = words[problem.code] as (
    of: Problem,
    label: typeof kindLabel,
  ) => readonly [string, string, string];
  const [what, safe, press] = say(problem, kindLabel);
  return { what, safe, press };
}
