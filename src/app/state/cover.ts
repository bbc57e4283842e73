/** Whether the screen is hidden from the one who sits opposite. Sheets and the top bar both offer it; the frame draws it. */
import { signal } from '@preact/signals';

export const isCovered = signal(false);
