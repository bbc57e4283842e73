/**
 * The one call of papaparse 5.7 that is used. Its published types refer to Node's, and with them `process` and `fs` would
 * compile in the domain.
 */
declare module 'papaparse' {
  const Papa: {
    parse<Row>(
      text: string,
      config: {
        readonly step: (row: {
          readonly data: Row;
          readonly meta: { readonly cursor: number };
        }) => void;
      },
    ): void;
  };
  export default Papa;
}
