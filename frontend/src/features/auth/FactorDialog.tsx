import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct, useAsk } from '@/api/hooks';
import { FactorSetUp, RecoveryCodes } from '@/features/auth/FactorSetUp';
import { MySecondFactor, RenewRecoveryCodes } from '@/features/auth/secondFactor';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Answer, Problem } from '@/ui/States';
import styles from '@/features/auth/SignIn.module.css';

const again = (): Promise<void> => refresh('own', ['MySecondFactor']);

/** The second factor of one's local account: set up, and looked after. */
export function FactorDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const factor = useAsk(MySecondFactor, {});
  const [settingUp, setSettingUp] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = useAct(RenewRecoveryCodes, ({ renewRecoveryCodes }) => setCodes(renewRecoveryCodes));
  const back = (): void => {
    setSettingUp(false);
    setCodes(null);
    void again();
  };
  if (settingUp) return <FactorSetUp onClose={back} onDone={back} />;
  if (codes) return <RecoveryCodes codes={codes} onKept={back} />;
  return (
    <Dialog title={t('factor.title')} onClose={onClose} actions={<Button onClick={onClose}>{t('ui.close')}</Button>}>
      <Problem error={renew.error} />
      <Answer of={factor} rows={1}>{({ mySecondFactor }) => (
        <div className={styles['form']}>
          <p>{mySecondFactor ? t('factor.since', { since: formatMoment(mySecondFactor.since), left: mySecondFactor.recoveryCodesLeft }) : t('factor.none')}</p>
          {mySecondFactor?.fewLeft && <p className={styles['demo']} role="alert">{t('factor.few')}</p>}
          <div className={styles['row']}>
            {mySecondFactor && <Button disabled={renew.isPending} onClick={() => renew.mutate({})}>{t('factor.renew')}</Button>}
            <Button look={mySecondFactor ? 'plain' : 'primary'} onClick={() => setSettingUp(true)}>{t(mySecondFactor ? 'factor.another' : 'factor.start')}</Button>
          </div>
        </div>
      )}</Answer>
    </Dialog>
  );
}
