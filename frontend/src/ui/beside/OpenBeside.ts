import { createContext } from 'react';

/** Opens an exhibit at a locator beside what the page shows. Null on pages without such a place: there a locator leads to the evidence page. */
export const OpenBeside = createContext<((exhibit: string, locator: string) => void) | null>(null);
