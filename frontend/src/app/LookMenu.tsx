import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { chooseSize, chooseTheme, textSizes, themes, useLook } from '@/app/theme';
import { languages, ownName } from '@/text/languages';
import { useLanguage } from '@/text/language';
import { t } from '@/text/text';
import { speakHere } from '@/ui/speakHere';
import { Menu, MenuChoice, MenuLine } from '@/ui/Menu';

const themeTexts = { system: 'theme.system', light: 'theme.light', dark: 'theme.dark' } as const;

/** Choices of language, appearance and text size, for any menu. */
export function LookChoices(): ReactNode {
  const { theme, size } = useLook();
  const language = useLanguage();
  return (
    <>
      <MenuChoice label={t('language.label')} value={language} onChange={speakHere}
        options={languages.map((value) => ({ value, label: <span lang={value}>{ownName(value)}</span> }))} />
      <MenuLine />
      <MenuChoice label={t('theme.label')} value={theme} onChange={chooseTheme}
        options={themes.map((value) => ({ value, label: t(themeTexts[value]) }))} />
      <MenuLine />
      <MenuChoice label={t('size.label')} value={String(size)}
        onChange={(value) => chooseSize(textSizes.find((each) => String(each) === value) ?? 100)}
        options={textSizes.map((percent) => ({ value: String(percent), label: t('size.value', { percent }) }))} />
    </>
  );
}

export function LookMenu({ className }: { readonly className: string }): ReactNode {
  return (
    <Menu side="end" align="end" trigger={
      <button type="button" className={className} aria-label={t('settings.open')} title={t('settings.open')}>
        <IconAdjustmentsHorizontal size={18} stroke={1.6} aria-hidden />
      </button>
    }>
      <LookChoices />
    </Menu>
  );
}
