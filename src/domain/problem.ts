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
  | { readonly code: 'offline' }
  | { readonly code: 'locked' }
  | { readonly code: 'wrongPin'; readonly waitSeconds: number; readonly left: number }
  | { readonly code: 'pinBlocked' }
  | { readonly code: 'leaseExpired' }
  | { readonly code: 'revoked' }
  | { readonly code: 'wrongPassword' }
  | { readonly code: 'wrongDeviceCode' }
  | { readonly code: 'tooManyRequests'; readonly waitSeconds: number }
  | { readonly code: 'unauthorised' }
  | { readonly code: 'tooLarge' }
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

/** Kind labels come from the registry's caller, so that this module stays below the kinds. */
export function problemText(problem: Problem, kindLabel: (kind: string) => string): ProblemText {
  return { ...plain(problem, kindLabel) };
}

function plain(problem: Problem, kindLabel: (kind: string) => string): ProblemText {
  switch (problem.code) {
    case 'invalidFields':
      return {
        what: problem.fields.map((item) => item.reason).join(' '),
        safe: kept,
        press: '印のついた項目を直して、もう一度押してください。',
      };
    case 'unknownVerb':
      return {
        what: 'この操作は、いまの版では受け付けられません。',
        safe: kept,
        press: '画面の「更新」を押してから、もう一度お試しください。',
      };
    case 'notAllowed':
      return {
        what: 'この操作をする権限がありません。',
        safe: kept,
        press: '必要なときは、所属の責任者に相談してください。',
      };
    case 'notFound':
      return {
        what: `対象の${kindLabel(problem.kind)}が見つかりません。取り消されたか、見られない記録です。`,
        safe: kept,
        press: '「未送信・要確認」で、内容を確かめてください。',
      };
    case 'alreadyExists':
      return {
        what: `同じ${kindLabel(problem.kind)}が、すでに登録されています。`,
        safe: kept,
        press: '一覧を開いて、登録ずみの記録を確かめてください。',
      };
    case 'illegalState':
      return {
        what: `${kindLabel(problem.kind)}は「${problem.found}」になっているため、この操作はできません。`,
        safe: kept,
        press: '最新の状態を確かめて、必要なら別の操作を選んでください。',
      };
    case 'baseChanged':
      return {
        what: `${kindLabel(problem.kind)}は、ほかの職員が先に書き換えています。`,
        safe: 'どちらの内容も残っています。サーバーの内容は変えていません。',
        press: '「未送信・要確認」で、二つの内容を見くらべて選んでください。',
      };
    case 'restrictedPerson':
      return {
        what: '配慮が必要な方（DV等）の登録は、まだこのアプリでは扱えません。',
        safe: '何も登録していません。端末にもサーバーにも残りません。',
        press: '紙の手順に従い、責任者に引き継いでください。',
      };
    case 'noConsent':
      return {
        what: 'ご本人の同意の範囲に入っていない項目があります。',
        safe: kept,
        press: '同意の項目を確かめるか、項目の印をはずしてください。',
      };
    case 'refused':
      return { what: problem.reason, safe: kept, press: '内容を直して、もう一度押してください。' };
    default:
      return outside(problem);
  }
}

type Outside = Exclude<
  Problem,
  {
    code:
      | 'invalidFields'
      | 'unknownVerb'
      | 'notAllowed'
      | 'notFound'
      | 'alreadyExists'
      | 'illegalState'
      | 'baseChanged'
      | 'restrictedPerson'
      | 'noConsent'
      | 'refused';
  }
>;

/** Failures of the surroundings: storage, network, keys. */
function outside(problem: Outside): ProblemText {
  switch (problem.code) {
    case 'malformed':
      return {
        what: 'データの形が正しくないため、受け付けられませんでした。',
        safe: kept,
        press: '「もう一度」を押してください。続くときは責任者に知らせてください。',
      };
    case 'storageFull':
      return {
        what: 'この端末の空きが足りず、保存できませんでした。',
        safe: '画面の内容はそのまま残っています。まだ保存されていません。',
        press: 'この画面を閉じずに、端末の空きを増やしてから「もう一度保存」を押してください。',
      };
    case 'storageBroken':
      return {
        what: '端末の保存場所につながらず、保存できませんでした。',
        safe: '画面の内容はそのまま残っています。まだ保存されていません。',
        press: '「もう一度保存」を押してください。直らないときは内容を紙に写してください。',
      };
    case 'offline':
      return {
        what: 'サーバーにつながりません。',
        safe: 'この端末に保存した記録は安全です。つながると自動で送ります。',
        press: 'つながってから、もう一度お試しください。',
      };
    case 'locked':
      return {
        what: '画面がロックされています。',
        safe: kept,
        press: '名前を選び、暗証番号を入れてください。',
      };
    case 'wrongPin':
      return {
        what: `暗証番号が違います。あと${problem.left}回まで入力できます。`,
        safe: '記録は安全です。未送信の記録の送信は続きます。',
        press:
          problem.waitSeconds > 0
            ? `${problem.waitSeconds}秒待ってから、もう一度入れてください。`
            : 'もう一度入れてください。',
      };
    case 'pinBlocked':
      return {
        what: '暗証番号を5回まちがえたため、この端末では使えなくしました。',
        safe: '記録は消えていません。未送信の記録の送信は続きます。',
        press: 'つながる場所で「パスワードで入りなおす」を押してください。',
      };
    case 'leaseExpired':
      return {
        what: 'しばらくサーバーにつながっていないため、使える期限が切れました。',
        safe: '記録は消えていません。未送信の記録の送信は続きます。',
        press: 'つながる場所で、もう一度名前を選んでください。',
      };
    case 'revoked':
      return {
        what: 'この端末での利用は、責任者によって止められています。',
        safe: 'サーバーに届いた記録は残っています。',
        press: '責任者に連絡してください。',
      };
    case 'wrongPassword':
      return {
        what: '職員またはパスワードが違います。',
        safe: '何も変わっていません。',
        press: 'もう一度入れてください。',
      };
    case 'wrongDeviceCode':
      return {
        what: '端末コードが違うか、期限（10分）が切れています。',
        safe: '何も変わっていません。',
        press: '責任者に新しいコードを出してもらってください。',
      };
    case 'tooManyRequests':
      return {
        what: '短い間に何度も試したため、いったん止めています。',
        safe: '何も変わっていません。',
        press: `${problem.waitSeconds}秒待ってから、もう一度お試しください。`,
      };
    case 'unauthorised':
      return {
        what: 'サーバーへの確認が切れました。',
        safe: kept,
        press: '画面をロックして、もう一度暗証番号を入れてください。',
      };
    case 'tooLarge':
      return {
        what: '一度に送る量が多すぎます。',
        safe: kept,
        press: 'そのままお待ちください。自動で分けて送ります。',
      };
    case 'serverTrouble':
      return {
        what: 'サーバーで問題が起きました。',
        safe: 'この端末に保存した記録は安全です。自動でもう一度送ります。',
        press: '続くときは責任者に知らせてください。',
      };
  }
}
