/** Vite builds a worker of its own for such an import and answers its address. */
declare module '*?worker&url' {
  const url: string;
  export default url;
}
