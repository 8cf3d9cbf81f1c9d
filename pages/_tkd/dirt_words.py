"""What was dirty or special about a report, in words."""

# After a count, and in the title of a list.
KINDS = {
    "negative_duration": "selesai sebelum masuk (belum dihitung selesai)",
    "completed_after_as_of": "waktu selesainya di masa depan",
    "completed_without_time": "selesai tanpa waktu selesai",
    "reopened": "terbuka lagi sesudah selesai",
    "unknown_status": "berstatus tidak dikenal",
    "unknown_category": "berkategori tidak dikenal",
    "duplicate_id": "bernomor ganda",
    "entered_after_as_of": "masuk di masa depan (tidak dihitung)",
    "unknown_unit": "unitnya tidak dikenal",
    "default_tiers": "memakai batas waktu bawaan",
    "default_weight": "memakai bobot bawaan",
}

# Beside one report.
NOTES = {
    "negative_duration": "selesai sebelum masuk",
    "completed_after_as_of": "selesai di masa depan",
    "completed_without_time": "tanpa waktu selesai",
    "reopened": "terbuka lagi",
    "unknown_status": "status tidak dikenal",
    "unknown_category": "kategori tidak dikenal",
    "duplicate_id": "nomor ganda",
    "default_tiers": "batas waktu bawaan",
    "default_weight": "bobot bawaan",
}
