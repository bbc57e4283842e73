/** Before what was written is recorded anew: for whom, where the person it was written for is not in the records, or was the wrong one. */
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { PersonPicker } from '../seekers/person-picker.tsx';

interface WhoseTalkProps {
  /** Whom it may not be. */
  readonly without: string | undefined;
  readonly onChoose: (seeker: string) => void;
  readonly onClose: () => void;
}

export function WhoseTalk({ without, onChoose, onClose }: WhoseTalkProps) {
  const [chosen, setChosen] = useState<string>();
  return (
    <Sheet
      title="だれの相談ですか"
      size="narrow"
      onClose={onClose}
      actions={
        chosen && (
          <Button kind="primary" size="large" onPress={() => onChoose(chosen)}>
            この方の相談として続ける
          </Button>
        )
      }
    >
      <Notice tone="accent" title="書いた内容は、そのまま次の画面に入ります。">
        <p>
          相談した方を選んでください。まだ登録していない方は、ここを閉じて、先に「求職者」で登録してください。
        </p>
      </Notice>
      <PersonPicker label="相談した方" chosen={chosen} without={without} onChoose={setChosen} />
    </Sheet>
  );
}
