from __future__ import annotations

from django.urls import path

from portal.library.views import (
    browse,
    download,
    incoming,
    kit_archives,
    kits,
    reader,
    retention,
    upload,
    versions,
)

app_name = "library"
urlpatterns = [
    path("", browse.index, name="index"),
    path("carica/", upload.upload, name="upload"),
    path("carica/piu-file/", incoming.start, name="incoming"),
    path("carica/piu-file/annuncia/", incoming.announce_file, name="incoming_announce"),
    path("carica/piu-file/rivedi/", incoming.review, name="incoming_review"),
    path("carica/piu-file/lettura/", incoming.reading, name="incoming_reading"),
    path("carica/piu-file/<int:pk>/", incoming.item_state, name="incoming_state"),
    path("carica/piu-file/<int:pk>/parte/", incoming.part, name="incoming_part"),
    path("carica/piu-file/<int:pk>/daccapo/", incoming.again, name="incoming_again"),
    path("carica/piu-file/<int:pk>/togli/", incoming.remove, name="incoming_remove"),
    path("miei/", upload.mine, name="mine"),
    path("cestino/", retention.trash, name="trash"),
    path("cestino/<int:pk>/ripristina/", retention.restore, name="restore"),
    path("raccolte/", kits.index, name="kits"),
    path("raccolte/nuova/", kits.new, name="new_kit"),
    path("raccolte/<slug:slug>/", kits.kit, name="kit"),
    path("raccolte/<slug:slug>/modifica/", kits.change, name="change_kit"),
    path("raccolte/<slug:slug>/documenti/", kits.documents, name="kit_documents"),
    path("raccolte/<slug:slug>/elimina/", kits.delete, name="delete_kit"),
    path("raccolte/<slug:slug>/zip/", kit_archives.ask, name="kit_ask"),
    path("raccolte/<slug:slug>/zip/<uuid:key>/", kit_archives.state, name="kit_archive"),
    path(
        "raccolte/<slug:slug>/zip/<uuid:key>/scarica/", kit_archives.download, name="kit_download"
    ),
    path("<int:pk>/raccolte/", kits.add_here, name="add_to_kit"),
    path("proposte/", upload.proposals, name="proposals"),
    path("<int:pk>/", browse.document, name="document"),
    path("<int:pk>/stato/", upload.state, name="state"),
    path("<int:pk>/modifica/", upload.change, name="change"),
    path("<int:pk>/elimina/", retention.delete, name="delete"),
    path("<int:pk>/archivia/", retention.archive, name="archive"),
    path("<int:pk>/riapri/", retention.bring_back, name="bring_back"),
    path("<int:pk>/versioni/", versions.index, name="versions"),
    path("<int:pk>/versioni/nuova/", versions.new, name="new_version"),
    path("<int:pk>/versioni/confronta/", versions.compare, name="compare"),
    path(
        "<int:pk>/versioni/<int:number>/scarica/",
        download.download_version,
        name="version_download",
    ),
    path("<int:pk>/versioni/<int:number>/ripristina/", versions.restore, name="version_restore"),
    path(
        "<int:pk>/versioni/<int:number>/pagina/<int:page_number>/",
        versions.page,
        name="version_page",
    ),
    path("<int:pk>/riprova/", upload.retry, name="retry"),
    path("<int:pk>/decisione/", upload.decide, name="decide"),
    path("<int:pk>/scarica/", download.download, name="download"),
    path("<int:pk>/anteprima.webp", reader.thumbnail, name="thumbnail"),
    path("<int:pk>/pagina/", reader.jump, name="jump"),
    path("<int:pk>/pagina/<int:number>/", reader.page, name="page"),
    path("<int:pk>/pagina/<int:number>/immagine.webp", reader.picture, name="picture"),
]
