"""Parts of the screens Laporan and Lacak."""
