import { t } from '@/text/text';

/** Where something comes from, as a citable string; that one may not see it, where it cites an exhibit that the reader does not see. */
export const sourceText = ({ title, locator }: { readonly title: string; readonly locator: string }): string =>
  (title ? [title, locator].filter(Boolean).join(' ') : t('record.hiddenSource'));
