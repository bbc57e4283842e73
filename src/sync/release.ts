/** The release that this code belongs to, tablet and server alike: package.json's version. */
export const release = '0.3.0';
