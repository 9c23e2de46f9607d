import { useEffect, useState, type ReactNode } from 'react';
import { problemAt, problemBeside } from '@/api/errors';
import { useAsk } from '@/api/hooks';
import { answerStrong, useStrongAsked } from '@/api/strong';
import { startAddress } from '@/features/auth/AgencySignIn';
import { confirmations } from '@/features/auth/ConfirmedPage';
import { FactorSetUp } from '@/features/auth/FactorSetUp';
import { StrongWay, useStepUp } from '@/features/auth/secondFactor';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { Answer, Problem } from '@/ui/States';

const cancel = (): void => answerStrong(false);
const confirmed = (): void => answerStrong(true);

function ByCode(): ReactNode {
  const [code, setCode] = useState('');
  const step = useStepUp(confirmed);
  return (
    <Dialog title={t('strong.title')} onClose={cancel} onSubmit={() => step.mutate(code)} actions={<>
      <Button onClick={cancel}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!code.trim() || step.isPending}>{t('factor.confirm')}</Button>
    </>}>
      <p>{t('strong.text')}</p>
      <TextField mono label={t('strong.code')} value={code} onChange={setCode} autoComplete="one-time-code" data-first dir="ltr" problem={problemAt(step.error, 'code')} />
      <Problem error={problemBeside(step.error, ['code'])} />
    </Dialog>
  );
}

/** The agency's page opens in a window of its own, so that this page keeps what was typed; that window says when it came back. */
function AtAgency({ provider }: { readonly provider: string }): ReactNode {
  const [state, setState] = useState<'asked' | 'waiting' | 'refused'>('asked');
  useEffect(() => {
    const channel = new BroadcastChannel(confirmations);
    channel.onmessage = ({ data }) => {
      if (data === 'confirmed') confirmed();
      else setState('refused');
    };
    return () => channel.close();
  }, []);
  const open = (): void => {
    setState('waiting');
    window.open(`${startAddress(provider)}?strong=1`, '_blank', 'popup,width=560,height=720');
  };
  return (
    <Dialog title={t('strong.title')} onClose={cancel} actions={<>
      <Button onClick={cancel}>{t('ui.cancel')}</Button>
      <Button look="primary" onClick={open}>{t('strong.openAgency')}</Button>
    </>}>
      <p>{t('strong.text')}</p>
      <p>{t('strong.agency')}</p>
      {state === 'waiting' && <p role="status">{t('strong.waiting')}</p>}
      {state === 'refused' && <p role="alert">{t('strong.refused')}</p>}
    </Dialog>
  );
}

function Way(): ReactNode {
  const way = useAsk(StrongWay, {});
  if (!way.data) return <Dialog title={t('strong.title')} onClose={cancel}><Answer of={way} rows={1}>{() => null}</Answer></Dialog>;
  const provider = way.data.mySessions.find(({ current }) => current)?.provider;
  if (provider) return <AtAgency provider={provider} />;
  return way.data.mySecondFactor ? <ByCode /> : <FactorSetUp why={t('strong.none')} onClose={cancel} onDone={confirmed} />;
}

/** Asks the person to confirm that it is them, over whatever they are doing; nothing that they typed is touched. */
export function StrongDialog(): ReactNode {
  return useStrongAsked() ? <Way /> : null;
}
