/** Handoffs taken over by hand that came to nothing at the server: said once, until somebody has read it. */
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';

export function CarriedNotices() {
  const { carried, dismissCarried } = useSession();
  const refused = carried.value.filter((one) => one.isRefused);
  return (
    <>
      {refused.map(({ handoff, takenAt }) => (
        <Notice
          key={handoff}
          tone="warning"
          title="ファイルで受け取った引継ぎは、サーバーで受け付けられませんでした。"
        >
          <p>
            <TimeText at={takenAt} />
            に受け取ったものです。渡した窓口に確かめてください。受け入れたあとの記録は「未送信・要確認」に残っています。
          </p>
          <Button kind="plain" size="small" onPress={() => dismissCarried(handoff)}>
            確かめました
          </Button>
        </Notice>
      ))}
    </>
  );
}
