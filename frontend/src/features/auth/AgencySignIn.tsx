import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { t } from '@/text/text';
import { buttonClass } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import styles from '@/features/auth/SignIn.module.css';

interface Issuer {
  readonly slug: string;
  readonly name: string | null;
}

/** An agency that is not listed gives its people an address with its short name: /?with=polizia */
function named(search: string): readonly Issuer[] {
  const slug = new URLSearchParams(search).get('with');
  return slug && /^[a-z0-9-]+$/.test(slug) ? [{ slug, name: null }] : [];
}

async function listed(): Promise<readonly Issuer[]> {
  const answer = await fetch('/auth/issuers', { credentials: 'same-origin' });
  const said: unknown = answer.ok ? await answer.json() : [];
  return Array.isArray(said) ? (said as readonly Issuer[]) : [];
}

/** The agencies at whose own provider one can sign in; none are offered where nobody set one up. */
export function useIssuers(): readonly Issuer[] {
  const { data } = useQuery({ queryKey: ['own', 'issuers'], queryFn: listed, staleTime: Infinity, retry: false });
  const here = named(location.search).filter(({ slug }) => !data?.some((each) => each.slug === slug));
  return [...here, ...(data ?? [])];
}

/** Where the browser goes to sign in; with a set-up code the account opens by it. */
export const startAddress = (slug: string, code = ''): string => `/auth/${slug}/start${code ? `?code=${encodeURIComponent(code)}` : ''}`;

export function IssuerLinks({ issuers, code }: { readonly issuers: readonly Issuer[]; readonly code?: string }): ReactNode {
  return (
    <ul className={styles['issuers']}>
      {issuers.map(({ slug, name }) => (
        <li key={slug}>
          <a className={buttonClass('plain')} href={startAddress(slug, code)}>
            {name === null ? t('signIn.atYourAgency') : <bdi>{name}</bdi>}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Signing in at one's agency. */
export function AgencySignIn(): ReactNode {
  const issuers = useIssuers();
  if (issuers.length === 0) return null;
  return <Panel title={t('signIn.agency')}><div className={styles['form']}><p>{t('signIn.agencyHint')}</p><IssuerLinks issuers={issuers} /></div></Panel>;
}
