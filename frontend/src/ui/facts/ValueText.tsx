import type { ReactNode } from 'react';
import { countryName, formatPartialDate } from '@/text/format';
import styles from '@/ui/facts/facts.module.css';

const compared: ReadonlySet<string> = new Set(['identifier', 'iban', 'phone', 'email', 'ip', 'checksum', 'url', 'number', 'wallet', 'plate']);

interface Properties {
  readonly value: string;
  /** The property's type in the ontology, as "date" or "identifier". */
  readonly type?: string | undefined;
}

/** One value as it is read: dates by locale, what is compared character by character in mono. */
export function ValueText({ value, type = '' }: Properties): ReactNode {
  if (type === 'date') return <bdi>{formatPartialDate(value)}</bdi>;
  if (type === 'country') return <bdi dir="ltr" title={countryName(value)}>{value.toUpperCase()}</bdi>;
  if (compared.has(type)) return <bdi dir="ltr" className={styles['mono']}>{value}</bdi>;
  return <bdi>{value}</bdi>;
}
