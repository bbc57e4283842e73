/** Offers a new version; never while a form is half-filled, here or in another tab. */
import { useState } from 'preact/hooks';
import { hasDirtyForm } from '../state/leave.ts';
import { pendingUpdate } from '../state/update-ready.ts';
import { Button } from '../ui/button.tsx';

export function UpdateBar() {
  const [refusal, setRefusal] = useState('');
  const apply = pendingUpdate.value;
  if (!apply || hasDirtyForm.value) return null;
  const update = async () => {
    const answer = await apply();
    if (answer === 'busy')
      setRefusal('ほかのタブに書きかけの入力があります。保存してから、もう一度押してください。');
  };
  return (
    <div class="update-bar" role="status">
      <span>{refusal || '新しい版があります。記録はそのまま残ります。'}</span>
      <Button size="small" kind="primary" onPress={update}>
        更新する
      </Button>
    </div>
  );
}
