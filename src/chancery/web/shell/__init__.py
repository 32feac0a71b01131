"""The frame around every page: bar, navigation, search box, menus."""
