import type { Menu } from "radix-ui/internal";
import { createContext } from "react";

/** What a menu's items are made of: handed down by the panel, so that a page with a closed menu need not load it. */
export const Parts = createContext<typeof Menu | null>(null);

/** What was chosen runs once the menu has gone and focus is back on its button: a dialog that it opens returns it there. */
export const Chosen = createContext<{ current: (() => void) | null }>({ current: null });
