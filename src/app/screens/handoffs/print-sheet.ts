/** Printing: logged first, durably; what could not be logged is not printed, and that is said. */
import type { Values } from '../../../domain/value.ts';
import type { Session } from '../../../device/types.ts';
import { toast } from '../../ui/toast.tsx';

export async function printSheet(session: Session, about: Values): Promise<void> {
  await session.logAccess('print', about).then(
    () => globalThis.print(),
    () => toast('印刷の記録を残せなかったため、印刷しませんでした。もう一度押してください。'),
  );
}
