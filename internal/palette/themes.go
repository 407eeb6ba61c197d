package palette

// themes are those that can be named; the first holds where none is. Contrasts are held by TestContrast.
var themes = [...]theme{
	{
		name: "clear", text: 4.5, line: 3,
		light: side{
			canvas: "#ffffff", ink: "#111827", body: "#4b5563", muted: "#566173", way: "#64708a", frameLine: "#788396",
			frames:     [FrameTints]string{"#f7f8fa", "#f0f2f6", "#e9ecf2", "#e2e6ee"},
			divergence: "#c4232f", waived: "#8f5a00", absence: "#5d6676", crossing: "#1f4fa3", focus: "#0b5fff",
			card: "#ffffff", tint: 0.075, field: 0.1,
			accents: [...]string{"#3b76d6", "#2f8f57", "#a87516", "#cf4f55", "#8560d6", "#26888c", "#727d90", "#c74a8c"},
		},
		dark: side{
			canvas: "#0d1117", ink: "#f0f3f6", body: "#b6bfca", muted: "#9aa5b3", way: "#8b97a8", frameLine: "#707c91",
			frames:     [FrameTints]string{"#141a22", "#1a212b", "#212935", "#28313f"},
			divergence: "#ff7b78", waived: "#e0a33c", absence: "#9aa4b2", crossing: "#7db3ff", focus: "#7db3ff",
			card: "#10151d", tint: 0.13, field: 0.16,
			accents: [...]string{"#5b93e6", "#4fae78", "#c9963d", "#e07479", "#a184e8", "#43a9ad", "#8b97a8", "#d873aa"},
		},
	},
	{
		name: "slate", text: 4.5, line: 3, // white cards: colour in icons and words alone
		light: side{
			canvas: "#ffffff", ink: "#0f172a", body: "#475569", muted: "#5a6778", way: "#64748b", frameLine: "#7d899a",
			frames:     [FrameTints]string{"#f6f8fa", "#eff2f6", "#e8ecf1", "#e1e6ed"},
			divergence: "#c81e2b", waived: "#8a5800", absence: "#5b6676", crossing: "#1d4ed8", focus: "#1d4ed8",
			card: "#ffffff", border: "#7d899a", tint: 0.01, field: 0.08,
			accents: [...]string{"#2563eb", "#15803d", "#b45309", "#dc2626", "#7c3aed", "#0f766e", "#64748b", "#c2257a"},
		},
		dark: side{
			canvas: "#0b0d12", ink: "#f1f5f9", body: "#b3bdcb", muted: "#95a1b2", way: "#8593a6", frameLine: "#6b778a",
			frames:     [FrameTints]string{"#11141b", "#171b23", "#1e232d", "#252b37"},
			divergence: "#ff7b78", waived: "#e3a53a", absence: "#98a3b3", crossing: "#8ab4ff", focus: "#8ab4ff",
			card: "#171b23", border: "#6b778a", tint: 0.02, field: 0.14,
			accents: [...]string{"#6ea1ff", "#4ade80", "#fbbf24", "#f87171", "#a78bfa", "#2dd4bf", "#94a3b8", "#f472b6"},
		},
	},
	{
		name: "paper", text: 4.5, line: 3, // warm, as in print
		light: side{
			canvas: "#fbf8f1", ink: "#2a231a", body: "#5a5143", muted: "#665c4d", way: "#7a6e5c", frameLine: "#8a7d68",
			frames:     [FrameTints]string{"#f6f1e5", "#f1ebdc", "#ebe4d2", "#e5ddc8"},
			divergence: "#b3261e", waived: "#7d5200", absence: "#665e52", crossing: "#2c558a", focus: "#1f5fbf",
			card: "#fffdf8", tint: 0.06, field: 0.11,
			accents: [...]string{"#3c6c9c", "#4a7c45", "#a06a12", "#b1463a", "#7b5a94", "#2b7874", "#786f61", "#ab4a72"},
		},
		dark: side{
			canvas: "#1b1814", ink: "#f4ecde", body: "#c9bfae", muted: "#b0a593", way: "#a09480", frameLine: "#887c69",
			frames:     [FrameTints]string{"#221e19", "#29251f", "#302b24", "#38322a"},
			divergence: "#ff8a7d", waived: "#e2ac52", absence: "#b0a593", crossing: "#8fbdf0", focus: "#8fbdf0",
			card: "#201c17", tint: 0.13, field: 0.15,
			accents: [...]string{"#7fa9d3", "#8fb97f", "#d9a65a", "#e08c7c", "#b99ad2", "#6fb7b0", "#a79d8c", "#db8fae"},
		},
	},
	{
		name: "blueprint", text: 4.5, line: 3, // what was built, on the paper on which it was planned
		light: side{
			canvas: "#f1f6fc", ink: "#0b2a52", body: "#38557c", muted: "#476288", way: "#4a73a8", frameLine: "#6286b5",
			frames:     [FrameTints]string{"#e9f0f9", "#e1ebf6", "#d9e5f3", "#d1dff0"},
			divergence: "#b81f2e", waived: "#7a4f00", absence: "#4b6180", crossing: "#0a4fb0", focus: "#0a4fb0",
			card: "#f8fbff", tint: 0.05, field: 0.1,
			accents: [...]string{"#1f63b5", "#1d7760", "#8c6212", "#b13a3a", "#5b50b5", "#137587", "#547092", "#a03d7c"},
		},
		dark: side{
			canvas: "#0c2a52", ink: "#f2f7ff", body: "#c6d8f0", muted: "#b0c7e6", way: "#9dbce4", frameLine: "#7ba0d2",
			frames:     [FrameTints]string{"#113159", "#163861", "#1b3f6a", "#204673"},
			divergence: "#ffa39c", waived: "#ffcf7d", absence: "#b4c6de", crossing: "#a9d0ff", focus: "#d5e7ff",
			card: "#0f2f5b", tint: 0.06, field: 0.14,
			accents: [...]string{"#8fc0ff", "#86dcc0", "#ffd38c", "#ffaea6", "#c5b8ff", "#86dbe8", "#b9cde6", "#ffb5dc"},
		},
	},
	{
		name: "contrast", text: 7, line: 4.5, // for those who see less, for projectors, for black and white
		light: side{
			canvas: "#ffffff", ink: "#000000", body: "#1f1f1f", muted: "#333333", way: "#1a1a1a", frameLine: "#4d4d4d",
			frames:     [FrameTints]string{"#ffffff", "#f7f7f7", "#f0f0f0", "#e9e9e9"},
			divergence: "#8f0010", waived: "#5c3a00", absence: "#3a3a3a", crossing: "#00308f", focus: "#0033cc",
			card: "#ffffff", border: "#000000", tint: 0.01, field: 0.06,
			accents: [...]string{"#0a48b0", "#0b6132", "#744a00", "#a11220", "#5b2bb0", "#0a5a5e", "#45505f", "#951558"},
		},
		dark: side{
			canvas: "#000000", ink: "#ffffff", body: "#ededed", muted: "#d6d6d6", way: "#e6e6e6", frameLine: "#b3b3b3",
			frames:     [FrameTints]string{"#000000", "#0c0c0c", "#151515", "#1d1d1d"},
			divergence: "#ffa09b", waived: "#ffc766", absence: "#c9c9c9", crossing: "#a8ccff", focus: "#a8ccff",
			card: "#000000", border: "#ffffff", tint: 0.04, field: 0.14,
			accents: [...]string{"#8ebcff", "#7fe0a6", "#ffc861", "#ffa2a0", "#cbb2ff", "#78dde0", "#c3cad4", "#ffa5d2"},
		},
	},
}
