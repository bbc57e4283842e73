/** One posting in a list: the job, who offers it, where, for how much, until when. */
import { codeLabel } from '../../../domain/codes.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { wageWords } from '../../logic/job-search.ts';
import { Row } from '../../ui/list.tsx';
import { Tag } from '../../ui/notice.tsx';
import { DateText } from '../../ui/text.tsx';

interface JobRowProps {
  readonly record: Rec;
  readonly isSelected: boolean;
  readonly onPress: () => void;
}

export function JobRow({ record, isSelected, onPress }: JobRowProps) {
  const facts = partOf(record, 'facts');
  const sub = [text(facts['employerName']), text(facts['place']), wageWords(facts)];
  return (
    <Row
      title={text(facts['jobTitle'])}
      sub={sub.filter(Boolean).join('　')}
      tags={
        <>
          <Tag>{codeLabel('employmentType', text(facts['employmentType']) ?? '')}</Tag>
          {facts['jobMode'] !== 'general' && text(facts['jobMode']) && (
            <Tag tone="accent">{codeLabel('jobMode', text(facts['jobMode']) ?? '')}</Tag>
          )}
          {facts['source'] === 'local' && <Tag tone="accent">独自求人</Tag>}
        </>
      }
      aside={
        <>
          <DateText date={text(facts['expiresOn'])} />
          まで
        </>
      }
      isSelected={isSelected}
      onPress={onPress}
    />
  );
}
