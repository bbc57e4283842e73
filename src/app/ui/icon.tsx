/** Our own line icons, 24 by 24, drawn with the colour of the words beside them. Never alone: a word stands by each. */
const paths = {
  today: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4',
  reception:
    'M3 20h18M5 20v-6h14v6M8 14v-3a4 4 0 0 1 8 0v3M12 3a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5',
  seekers:
    'M9 4a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3 3 0 0 1 0 6M18 14a6 6 0 0 1 3.5 6',
  handoffs: 'M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4',
  referrals: 'M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h5',
  records: 'M4 5h16v5H4zM4 14h16v5H4zM10 7.5h4M10 16.5h4',
  counts: 'M4 20h16M7 20v-7M12 20V5M17 20v-10',
  admin: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5L20 20',
  close: 'M6 6l12 12M18 6L6 18',
  cover: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6M4 4l16 16',
  leave: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  share: 'M7 12h10M13 8l4 4-4 4',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 21a7.5 7.5 0 0 1 15 0',
  phone:
    'M6 3h4l2 5-2.5 1.5a11 11 0 0 0 5 5L16 12l5 2v4a2 2 0 0 1-2 2A15 15 0 0 1 4 5a2 2 0 0 1 2-2',
  online: 'M3 5h18v11H3zM8 20h8M12 16v4',
  check: 'M4 12.5l5 5L20 6.5',
  warning: 'M12 4l9.5 16h-19zM12 10v5M12 17.5v.5',
  info: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v5M12 7.5v.5',
  sync: 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5',
  offline:
    'M3 3l18 18M5 12a10 10 0 0 1 4-2.5M19 12a10 10 0 0 0-5-2.8M8.5 15.5a5 5 0 0 1 7 0M12 19v.5',
  back: 'M14 5l-7 7 7 7',
  next: 'M10 5l7 7-7 7',
  plus: 'M12 5v14M5 12h14',
  print: 'M7 9V3h10v6M7 18H4V9h16v9h-3M7 14h10v7H7z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
