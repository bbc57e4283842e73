/** How long it took: the field itself, and taps for the usual lengths and for the time since this form was opened. */
import type { Form } from '../../form/use-form.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { minutesSince } from '../../logic/consultation-form.ts';
import { useNow } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';

const usual = [15, 30, 45, 60];

export function Minutes({ form, from }: { readonly form: Form; readonly from: number }) {
  const since = minutesSince(from, useNow());
  const offered = since === undefined || usual.includes(since) ? usual : [since, ...usual];
  return (
    <div class="consultation-minutes">
      <FormFields form={form} names={['minutes']} />
      <div class="minute-taps" role="group" aria-label="よく使う時間">
        {offered.map((minutes) => (
          <Button
            key={minutes}
            size="small"
            isPressed={form.values['minutes'] === minutes}
            onPress={() => form.set('minutes', minutes)}
          >
            {minutes}分
          </Button>
        ))}
      </div>
    </div>
  );
}
