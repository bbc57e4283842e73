/** Names of files: what they are and when they were made. Nothing about anybody: names lie open in every folder. */
const dayAndTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'short',
});

export function fileName(what: '受け渡し' | '未送信の控え', at: number): string {
  const [day = '', time = ''] = dayAndTime.format(at).split(' ');
  return `窓口-${what}-${day.replaceAll('-', '')}-${time.replace(':', '')}.madoguchi`;
}
