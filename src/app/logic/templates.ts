/** Short texts per service that a tap puts into the shared summary; a start, to be finished in the counsellor's words. */
const textsByService: Readonly<Record<string, readonly string[]>> = {
  jobCounselling: ['希望条件を確認し、応募先を検討した。', '応募状況を確認した。'],
  careerCounselling: ['これまでの経験と強みを整理した。', '今後の進め方を一緒に決めた。'],
  aptitudeTest: ['職業興味検査を実施し、結果を説明した。'],
  documentReview: ['履歴書を添削した。', '職務経歴書を添削した。'],
  interviewPractice: ['模擬面接を行い、改善点を伝えた。'],
  jobInformation: ['希望に合う求人を案内した。', '求人票の見方を説明した。'],
  terminalOnly: ['求人検索端末を利用された。'],
  schemeGuidance: ['利用できる制度を案内した。'],
  trainingConsultation: ['職業訓練の内容と申込の流れを説明した。'],
};

export function templatesOf(services: readonly string[]): readonly string[] {
  return services.flatMap((service) => textsByService[service] ?? []);
}

/** On its own line, and not a second time. */
export function withTemplate(summary: string, template: string): string {
  if (summary.includes(template)) return summary;
  return summary.trim() === '' ? template : `${summary.trimEnd()}\n${template}`;
}
