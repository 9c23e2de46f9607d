import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { t } from '@/text/text';
import { strictest } from '@/ui/facts/standing';

/** One step of the path in the top bar; the last one is the page itself. */
export interface Step {
  readonly label: string;
  readonly to?: string;
}
/** What a page tells the shell about itself. */
export interface PageInfo {
  /** The section, for the window's title: never a name of somebody, titles end up in histories on disk. */
  readonly title: string;
  readonly path: readonly Step[];
  /** Strictest handling code in view. */
  readonly handling?: string | null;
  /** Names of the markings in view. */
  readonly markings?: readonly string[];
  /** Counts at the end of the status bar, as "60 items · 94 links". */
  readonly counts?: string;
}

interface Holder {
  readonly page: PageInfo;
  readonly setPage: (page: PageInfo) => void;
  readonly setBeside: (beside: PageInfo) => void;
}

/** A page that says nothing of itself. */
export const nowhere: PageInfo = { title: '', path: [] };
const PageContext = createContext<Holder>({ page: nowhere, setPage: () => undefined, setBeside: () => undefined });

/** The page, with the handling and the markings of what stands beside it. */
function together(page: PageInfo, beside: PageInfo): PageInfo {
  const codes = [page.handling, beside.handling].filter((code) => typeof code === 'string');
  return { ...page, handling: strictest(codes), markings: [...new Set([...(page.markings ?? []), ...(beside.markings ?? [])])] };
}

export function PageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [page, setPage] = useState(nowhere);
  const [beside, setBeside] = useState(nowhere);
  const holder = useMemo(() => ({ page: together(page, beside), setPage, setBeside }), [page, beside]);
  useEffect(() => {
    document.title = page.title ? `${page.title} · ${t('app.name')}` : t('app.name');
  }, [page]);
  return <PageContext value={holder}>{children}</PageContext>;
}

/** What it holds stands beside the page: its handling and markings are in view too, path and title stay the page's. */
export function BesidePage({ children }: { readonly children: ReactNode }): ReactNode {
  const { page, setBeside } = useContext(PageContext);
  useEffect(() => () => setBeside(nowhere), [setBeside]);
  const holder = useMemo(() => ({ page, setPage: setBeside, setBeside }), [page, setBeside]);
  return <PageContext value={holder}>{children}</PageContext>;
}

/** Tells the shell what page is shown: path, strictest handling and markings in view, counts. */
export function usePage(info: PageInfo): void {
  const { setPage } = useContext(PageContext);
  const text = JSON.stringify(info);
  useEffect(() => {
    setPage(JSON.parse(text) as PageInfo);
  }, [setPage, text]);
}

export const usePageInfo = (): PageInfo => useContext(PageContext).page;
