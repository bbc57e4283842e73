/**
 * Code lists, as data of seeds/code-lists.json (each row with its source). A code is never renamed or reused;
 * a list changes by dated rows, so that old records keep their words.
 */
import seed from '../../seeds/code-lists.json' with { type: 'json' };

export type ListName =
  | 'employmentType'
  | 'jobCategory'
  | 'clientCategory'
  | 'welfareCategory'
  | 'rejectionReason'
  | 'occupation'
  | 'serviceCode'
  | 'channel'
  | 'visitKind'
  | 'purpose'
  | 'jobMode'
  | 'jobSource'
  | 'employerMark'
  | 'trialEligibility'
  | 'trialExclusion'
  | 'residenceStatus'
  | 'wageUnit'
  | 'referralType'
  | 'referralMethod'
  | 'issuer'
  | 'handoffReason'
  | 'returnReason'
  | 'sharedItem'
  | 'consentMedium'
  | 'consentMethod'
  | 'consentPurpose'
  | 'resultSource'
  | 'employmentTerm'
  | 'siteType'
  | 'organisationType'
  | 'registrationKind'
  | 'insuranceStatus'
  | 'voidReason'
  | 'reopenReason'
  | 'gender'
  | 'contactMeans'
  | 'urgency'
  | 'workingHours'
  | 'disclosureScope'
  | 'education'
  | 'staffRole'
  | 'targetMetric'
  | 'targetType'
  | 'targetUnit'
  | 'subTarget'
  | 'issueItem'
  | 'issueWeight'
  | 'serviceField'
  | 'agreementKind'
  | 'eventType'
  | 'eventParty'
  | 'leadWish'
  | 'guidanceDirection'
  | 'leadOutcome'
  | 'missingDayReason'
  | 'differenceReason'
  | 'satisfaction'
  | 'gladness'
  | 'declineReason'
  | 'caseEnd'
  | 'welfareStage'
  | 'teamStepKind'
  | 'appointmentCancel'
  | 'preferenceChange'
  | 'talkMeans'
  | 'negotiationTopic'
  | 'applicationRoute'
  | 'applicationOutcome'
  | 'retentionMilestone'
  | 'retentionStatus'
  | 'leavingReason'
  | 'supportEndReason'
  | 'trainingKind'
  | 'trainingCourse'
  | 'trainingLeaving'
  | 'trainingOutcome'
  | 'guidanceParty'
  | 'guidanceDestination'
  | 'complaintTopic'
  | 'disclosureKind'
  | 'disclosureOutcome'
  | 'extensionReason'
  | 'requesterKind'
  | 'identityProof';

export interface Code {
  readonly list: string;
  readonly code: string;
  readonly label: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly restricted?: boolean;
}

const rows: readonly Code[] = seed.rows;
const codesByList = new Map<string, Code[]>();
for (const row of rows) codesByList.set(row.list, [...(codesByList.get(row.list) ?? []), row]);

export function codesOf(list: ListName): readonly Code[] {
  return codesByList.get(list) ?? [];
}

/** Codes that may be newly chosen on a date. */
export function codesOn(list: ListName, date: string): readonly Code[] {
  return codesOf(list).filter(
    (row) => (row.validFrom ?? '') <= date && date <= (row.validTo ?? '9999-12-31'),
  );
}

export function codeLabel(list: ListName, code: string): string {
  return codesOf(list).find((row) => row.code === code)?.label ?? code;
}

export function isCode(list: ListName, code: string): boolean {
  return codesOf(list).some((row) => row.code === code);
}
