import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiError } from '@/api/errors';
import { serverText } from '@/text/server';
import { t } from '@/text/text';
import { Button, buttonClass } from '@/ui/Button';
import { nowhere, usePage } from '@/ui/Page';
import styles from '@/ui/States.module.css';

/** Rows at their final height; shows nothing for 200 ms. */
export function Skeleton({ rows = 8 }: { readonly rows?: number }): ReactNode {
  return (
    <div className={styles['skeleton']} role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles['row']} aria-hidden>
          <span className={styles['bar']} /><span className={styles['bar']} /><span className={styles['bar']} />
        </div>
      ))}
    </div>
  );
}

/** One sentence that says what belongs here, and one action. */
export function Empty({ text, action }: { readonly text: string; readonly action?: ReactNode }): ReactNode {
  return <div className={styles['state']}><p>{text}</p>{action}</div>;
}

/** The same for what is not there and what may not be seen. */
export function NotFound(): ReactNode {
  usePage(nowhere);
  return (
    <div className={`${styles['state'] ?? ''} ${styles['full'] ?? ''}`}>
      <h1>{t('state.notFound')}</h1>
      <Link to="/" className={buttonClass()}>{t('state.notFoundAction')}</Link>
    </div>
  );
}

/** What happened, what is safe, what to do: for a change that failed. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('state.unknownNoCode');
  switch (error.kind) {
    case 'NOT_FOUND': return t('state.notFound');
    case 'FORBIDDEN': return serverText(error.message) || t('state.forbidden');
    case 'SECOND_STEP': case 'STEP_UP': return serverText(error.message);
    case 'CONFLICT': case 'INVALID': return serverText(error.message) || t('field.invalid');
    case 'UNAUTHENTICATED': return t('state.signedOut');
    case 'RESTARTING': return t('state.restarting');
    case 'OFFLINE': return t('state.offline');
    case 'INTERNAL': return error.correlation ? t('state.unknown', { code: error.correlation }) : t('state.unknownNoCode');
    default: return error.kind satisfies never;
  }
}

function readProblemText(error: unknown): string {
  if (error instanceof ApiError && error.kind !== 'INTERNAL') return problemText(error);
  const code = error instanceof ApiError ? error.correlation : null;
  return code ? t('state.unknownRead', { code }) : t('state.unknownReadNoCode');
}

/** Where a change failed. It comes into view: in a long form it stands below what is seen. */
export function Problem({ error }: { readonly error: unknown }): ReactNode {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [error]);
  return error ? <p ref={place} role="alert" className={`${styles['state'] ?? ''} ${styles['inline'] ?? ''}`}>{problemText(error)}</p> : null;
}

/** Where reading failed. */
export function ReadProblem({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }): ReactNode {
  if (error instanceof ApiError && error.kind === 'NOT_FOUND') return <NotFound />;
  const refused = error instanceof ApiError && error.kind === 'FORBIDDEN'; // asked again it would be refused again
  return (
    <div role="alert" className={`${styles['state'] ?? ''} ${styles['inline'] ?? ''}`}>
      <p>{readProblemText(error)}</p>
      {onRetry && !refused && <Button small onClick={onRetry}>{t('ui.tryAgain')}</Button>}
    </div>
  );
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** Skeleton, problem or content, whichever the answer is. What was there stays while asking again, but a refusal removes it. */
export function Answer<T>({ of, rows = 8, children }: {
  readonly of: Asked<T>; readonly rows?: number; readonly children: (data: T) => ReactNode;
}): ReactNode {
  if (of.error) return <ReadProblem error={of.error} onRetry={() => void of.refetch()} />;
  if (of.data === undefined) return <Skeleton rows={rows} />;
  return children(of.data);
}
