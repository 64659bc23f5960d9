'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';

const themes = [
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
  { value: 'system', label: 'System', Icon: Monitor },
] as const;

const never = () => () => undefined;

export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  const mounted = useSyncExternalStore(never, () => true, () => false);
  const { Icon } = themes.find(({ value }) => mounted && value === theme) ?? themes[2];
  return (
    <Menu trigger={<Button variant="ghost" size="icon" aria-label="Theme" title="Theme"><Icon aria-hidden /></Button>}>
      {themes.map(({ value, label, Icon: ItemIcon }) => (
        <MenuItem key={value} onSelect={() => setTheme(value)}><ItemIcon aria-hidden />{label}{mounted && theme === value ? <span aria-hidden className="ml-auto">✓</span> : null}</MenuItem>
      ))}
    </Menu>
  );
}
