import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';

const shownFor = 2000;

/** Copies a text; says so for a moment. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const [copied, setCopied] = useState<string | null>(null);
  useEffect(() => {
    if (copied === null) return undefined;
    const timer = setTimeout(() => setCopied(null), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(() => setCopied(text), () => setCopied(null));
  };
  return (
    <>
      <IconButton small label={label} icon={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />} onClick={copy} />
      <span className="visually-hidden" role="status">{copied && t('exhibit.copied', { text: copied })}</span>
    </>
  );
}
