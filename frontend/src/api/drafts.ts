import { useState } from 'react';
import { cache } from '@/api/cache';

/** A text begun and not sent: it outlives its screen, in memory only, and goes with its space. */
export function useDraft(space: string, name: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => cache.getQueryData<string>([space, 'Draft', name]) ?? '');
  const put = (next: string): void => {
    setText(next);
    cache.setQueryDefaults([space, 'Draft'], { gcTime: Infinity });
    cache.setQueryData<string>([space, 'Draft', name], next);
  };
  return [text, put];
}
