/** The distribution's version, put in at build time. */
declare const __VERSION__: string;

/** The address of a data file, see `data.ts`. */
declare module 'virtual:data/*' {
  const url: string;
  export default url;
}
